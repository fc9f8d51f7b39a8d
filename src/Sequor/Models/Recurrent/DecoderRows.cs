using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models.Recurrent;

/// <summary>What a recurrent decoder carries from step to step for every row; each step replaces it.</summary>
internal sealed class DecoderRows(RecurrentState[] states)
{
    /// <summary>Each layer's state, [R, H].</summary>
    internal RecurrentState[] States { get; } = states;

    /// <summary>What the last step made for the logits, [R, D], where it is fed back; or none.</summary>
    internal Tensor Fed { get; set; }

    /// <summary>What was looked at.</summary>
    internal AttentionTrail Trail { get; set; }

    /// <summary>Ends the way back here: nothing that is carried leads gradients to the steps before.</summary>
    internal void Detach()
    {
        for (int i = 0; i < States.Length; i++)
        {
            States[i] = States[i].Detach();
        }

        Fed = Fed.IsNone ? default : Fed.Detach();
        Trail = Trail.Detach();
    }
}

/// <summary>The source as the decoder sees it at its steps.</summary>
/// <param name="Layout">Where each sentence is.</param>
/// <param name="Attention">What attention reads.</param>
/// <param name="Fixed">The vector that stands for each sentence, [B, C], or none.</param>
/// <param name="FixedProducts">What that vector gives to every gate of the first layer, [B, G · H], or none.</param>
internal readonly record struct DecoderSource(SequenceLayout Layout, SourceMemory Attention, Tensor Fixed, Tensor FixedProducts);

/// <summary>What a step of the decoder made.</summary>
/// <param name="Output">What the last layer handed on, [R, H].</param>
/// <param name="Context">What was seen of the source, [R, C], or none.</param>
/// <param name="Weights">How much each source position was looked at, [R · H, L], or none.</param>
/// <param name="Readout">What the logits are made of, [R, D], where the next step needs it; or none.</param>
internal readonly record struct DecoderOutput(Tensor Output, Tensor Context, Tensor Weights, Tensor Readout);
