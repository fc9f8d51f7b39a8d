namespace Sequor.Extensions;

/// <summary>The right to use a model: it stays in memory until the lease is given back.</summary>
public sealed class ModelLease : IDisposable
{
    private readonly Action _giveBack;
    private int _isGivenBack;

    internal ModelLease(string id, BatchingTranslator translator, Action giveBack) => (Id, Translator, _giveBack) = (id, translator, giveBack);

    /// <summary>The model's name.</summary>
    public string Id { get; }

    /// <summary>The model; it stays its registry's.</summary>
    public BatchingTranslator Translator { get; }

    /// <summary>Gives the model back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
        {
            _giveBack();
        }
    }
}
