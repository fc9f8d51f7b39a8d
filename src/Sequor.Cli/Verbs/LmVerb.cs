namespace Sequor.Cli.Verbs;

/// <summary>N-gram language models.</summary>
internal sealed class LmVerb() : VerbGroup("lm", "Train and ask n-gram language models, for fusion and rescoring.", new LmTrainVerb(), new LmScoreVerb(), new LmInfoVerb());
