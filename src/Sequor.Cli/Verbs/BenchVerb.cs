namespace Sequor.Cli.Verbs;

/// <summary>Measurements of this program on this machine.</summary>
internal sealed class BenchVerb() : VerbGroup("bench", "Measure speed and memory on this machine, and where the time goes.", new BenchTrainVerb(), new BenchDecodeVerb());
