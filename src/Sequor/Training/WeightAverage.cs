using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Training;

/// <summary>An exponential moving average of all weights: average ← decay · average + (1 - decay) · weights after each update.</summary>
public sealed class WeightAverage
{
    private readonly ParameterSet _parameters;
    private readonly float _decay;
    private long _updates;

    /// <summary>Starts from the weights as they are.</summary>
    /// <param name="parameters">The weights to follow.</param>
    /// <param name="decay">How slowly the average forgets, above 0 to below 1; shorter at the beginning: min(decay, (1 + n) / (10 + n)).</param>
    public WeightAverage(ParameterSet parameters, float decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        (_parameters, _decay) = (parameters, decay);
        Values = parameters.Values.Keep();
    }

    /// <summary>The average, laid out as the set's weights; saved with checkpoints.</summary>
    public Tensor Values { get; }

    /// <summary>Updates followed; saved with checkpoints.</summary>
    public long Updates { get => _updates; set => _updates = value; }

    /// <summary>Takes the weights of one more update in.</summary>
    internal void Follow()
    {
        _updates++;
        Values.MoveAverage(_parameters.Values, Math.Min(_decay, (1f + _updates) / (10f + _updates)));
    }

    /// <summary>Puts the average in the model's place for good.</summary>
    internal void TakePlace()
    {
        _parameters.Values.CopyFrom(Values);
        _parameters.MarkChanged();
    }

    /// <summary>Puts the average in the model's place until the result is disposed.</summary>
    public IDisposable InPlace() => new Exchange(this);

    private sealed class Exchange : IDisposable
    {
        private readonly WeightAverage _average;
        private readonly Tensor _weights;

        internal Exchange(WeightAverage average)
        {
            _average = average;
            _weights = average._parameters.Values.Keep();
            average.TakePlace();
        }

        public void Dispose()
        {
            _average._parameters.Values.CopyFrom(_weights);
            _average._parameters.MarkChanged();
        }
    }
}
