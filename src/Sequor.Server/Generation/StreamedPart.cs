using System.ComponentModel;

namespace Sequor.Server.Generation;

/// <summary>A part of an output that is certain.</summary>
/// <param name="Text">The part; laid end to end the parts are the output.</param>
[Description("A part of an output that is certain; laid end to end the parts are the output.")]
internal sealed record StreamedPart(string Text);
