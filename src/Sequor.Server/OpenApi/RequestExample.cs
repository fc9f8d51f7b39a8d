namespace Sequor.Server.OpenApi;

/// <summary>A request that works with the contained models, for the document and for those who try it.</summary>
/// <param name="Name">What it shows, in a few words.</param>
/// <param name="Json">Its body.</param>
internal sealed record RequestExample(string Name, string Json);
