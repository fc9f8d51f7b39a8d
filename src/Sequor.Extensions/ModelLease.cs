using Sequor.Extensions.Registry;

namespace Sequor.Extensions;

/// <summary>The right to use a model: it stays in memory until the lease is given back, whatever is loaded in its place meanwhile.</summary>
public sealed class ModelLease : IDisposable
{
    private readonly ServingModel _model;
    private int _isGivenBack;

    /// <summary>Wraps a hold that was taken already.</summary>
    internal ModelLease(ServingModel model) => _model = model;

    /// <summary>The model's name.</summary>
    public string Id => _model.Id;

    /// <summary>Stands for the files that were loaded: another text as soon as the model is replaced by another.</summary>
    public string Version => _model.Version;

    /// <summary>The model; it stays its registry's.</summary>
    public BatchingTranslator Translator => _model.Translator;

    /// <summary>Gives the model back; a second time does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
        {
            _model.GiveBack();
        }
    }
}
