namespace Sequor.Scoring;

/// <summary>Which hypothesis word each reference word meets, and where either side is wrong.</summary>
internal sealed class EditAlignment
{
    // Running sums, so that "any error between two places" is one subtraction.
    private readonly List<int> _hypothesisErrors = [0];
    private readonly List<int> _referenceErrors = [0];
    private readonly List<int> _hypothesisPlaces = [];

    internal EditAlignment(List<EditOperation> trace)
    {
        foreach (EditOperation operation in trace)
        {
            int error = operation == EditOperation.Keep ? 0 : 1;
            if (operation != EditOperation.Insert)
                _hypothesisErrors.Add(_hypothesisErrors[^1] + error);
            if (operation != EditOperation.Delete)
            {
                _referenceErrors.Add(_referenceErrors[^1] + error);
                _hypothesisPlaces.Add(_hypothesisErrors.Count - 2);
            }
        }
    }

    /// <summary>The hypothesis word at which a reference word stands, or the one before it where it has none; -1 before the first.</summary>
    internal int HypothesisPlace(int referencePlace) => _hypothesisPlaces[referencePlace];

    internal bool HypothesisIsRight(int start, int length) => _hypothesisErrors[start + length] == _hypothesisErrors[start];

    internal bool ReferenceIsRight(int start, int length) => _referenceErrors[start + length] == _referenceErrors[start];
}
