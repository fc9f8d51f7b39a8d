namespace Sequor.Extensions.Hosting;

/// <summary>The cache that all translators of an application share; a service cannot be null, so it stands in one.</summary>
/// <param name="Cache">The cache; null for none.</param>
internal sealed record SequorCache(TranslationCache? Cache);
