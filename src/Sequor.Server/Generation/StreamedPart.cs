namespace Sequor.Server.Generation;

/// <summary>A part of an output that is certain; laid end to end the parts are the output.</summary>
/// <param name="Text">The part; laid end to end the parts are the output.</param>
internal sealed record StreamedPart(string Text);
