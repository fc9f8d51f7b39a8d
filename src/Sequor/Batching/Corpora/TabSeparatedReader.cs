namespace Sequor.Batching;

/// <summary>Pairs from two columns of a file whose columns are parted by tabs.</summary>
internal sealed class TabSeparatedReader : SingleFileReader
{
    private readonly TabSeparatedFile _file;

    internal TabSeparatedReader(TabSeparatedFile file, int lineLimitBytes)
        : base(file.Path, lineLimitBytes)
    {
        _file = file;
        if (file.SourceColumn < 1 || file.TargetColumn < 1)
        {
            Dispose();
            throw new ArgumentException($"Columns of '{file.Path}' are counted from 1; {Math.Min(file.SourceColumn, file.TargetColumn)} was given.");
        }
    }

    protected override bool TrySplit(string line, out SentencePair pair)
    {
        string[] columns = line.Split('\t');
        int wanted = Math.Max(_file.SourceColumn, _file.TargetColumn);
        if (columns.Length < wanted)
            throw CorpusException.ColumnMissing(_file.Path, Line, columns.Length, wanted);
        pair = new SentencePair(columns[_file.SourceColumn - 1], columns[_file.TargetColumn - 1]);
        return true;
    }
}
