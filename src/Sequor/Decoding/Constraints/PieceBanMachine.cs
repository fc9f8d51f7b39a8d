namespace Sequor.Decoding.Constraints;

/// <summary>Keeps runs of pieces from being written.</summary>
internal sealed class PieceBanMachine : ConstraintMachine
{
    private readonly SymbolTrie _runs = new();

    /// <summary>Makes the machine.</summary>
    /// <param name="runs">The runs, and which of the sentence's constraints each belongs to.</param>
    internal PieceBanMachine(IEnumerable<(int[] Run, int Constraint)> runs)
    {
        foreach ((int[] run, int constraint) in runs)
        {
            _runs.Add(run, constraint);
        }

        _runs.Finish();
    }

    internal override int Start => SymbolTrie.Root;

    internal override int Next(int state, int previous, int id) => _runs.Read(state, id);

    internal override bool MayEnd(int state) => true;

    internal override void Ban(int state, int room, Span<float> logProbabilities)
    {
        for (int node = state; ; node = _runs.Shorter(node))
        {
            foreach (int id in _runs.Symbols(node))
            {
                if (_runs.IsEnd(_runs.Child(node, id)))
                {
                    logProbabilities[id] = float.NegativeInfinity;
                }
            }

            if (node == SymbolTrie.Root)
            {
                return;
            }
        }
    }

    internal override void Report(ReadOnlySpan<int> ids, int state, Span<bool> met)
    {
        int node = SymbolTrie.Root;
        foreach (int id in ids)
        {
            node = _runs.Read(node, id);
            for (int ending = node; ending != SymbolTrie.Root; ending = _runs.Shorter(ending))
            {
                foreach (int constraint in _runs.Ends(ending))
                {
                    met[constraint] = false;
                }
            }
        }
    }
}
