namespace Sequor.Server.Faults;

/// <summary>What every fault looks like.</summary>
/// <param name="Error">What went wrong and what to try, as a sentence.</param>
internal sealed record ErrorBody(string Error);
