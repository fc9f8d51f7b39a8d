namespace Sequor.Cli.Verbs;

/// <summary>The keys of those who may use a server.</summary>
internal sealed class KeysVerb() : VerbGroup("keys", "Give out, list and revoke the API keys of a server.", new KeysAddVerb(), new KeysListVerb(), new KeysRevokeVerb());
