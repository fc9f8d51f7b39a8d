namespace Sequor.Batching;

/// <summary>Targets from one file, each with an empty source.</summary>
internal sealed class TargetReader(string path, int lineLimitBytes) : SingleFileReader(path, lineLimitBytes)
{
    protected override bool TrySplit(string line, out SentencePair pair)
    {
        pair = new SentencePair("", line);
        return true;
    }
}
