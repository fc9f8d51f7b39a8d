using System.ComponentModel;

namespace Sequor.Server.Faults;

/// <summary>The body of every answer that tells of a fault.</summary>
/// <param name="Error">What went wrong, as a sentence.</param>
[Description("What every fault looks like.")]
internal sealed record ErrorBody([property: Description("What went wrong and what to try, as a sentence.")] string Error);
