using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>Where a layer gets its weights. A layer knows the names of its own weights and nothing of who stores or draws them.</summary>
public interface INamedWeights
{
    /// <summary>The same source, seen from within a part of the model.</summary>
    /// <param name="part">The part's name, such as <c>encoder</c> or <c>layers.0</c>.</param>
    INamedWeights In(string part);

    /// <summary>One weight.</summary>
    /// <param name="name">Its name within the part, such as <c>weight</c>.</param>
    /// <param name="shape">[out, in] or [size].</param>
    /// <param name="initializer">How it is drawn when it is fresh.</param>
    /// <param name="role">A matrix when the layer uses it in products and look-ups only, so that it may be packed for decoding.</param>
    Parameter Get(string name, Shape shape, Initializer initializer, ParameterRole role = ParameterRole.Plain);

    /// <summary>Several weights of one shape whose rows lie side by side in memory, so that one product serves them all.</summary>
    /// <param name="names">Their names within the part, top to bottom.</param>
    /// <param name="shape">The shape of each.</param>
    /// <param name="initializer">How each is drawn when it is fresh.</param>
    /// <param name="role">A matrix when the layer uses them in products and look-ups only.</param>
    /// <returns>[names × out, in] or [names × size].</returns>
    Parameter GetStacked(IReadOnlyList<string> names, Shape shape, Initializer initializer, ParameterRole role = ParameterRole.Plain);
}
