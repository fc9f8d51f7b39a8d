using System.Text.RegularExpressions;

namespace Sequor.Tests.House;

/// <summary>Every fast kernel has a plain twin that says what it computes.</summary>
public class TwinsTests
{
    private const string Fast = "src/Sequor.Tensors/Cpu/Simd";
    private const string Plain = "src/Sequor.Tensors/Cpu/Plain";

    [Fact]
    public void A_kernel_in_vectors_has_a_plain_twin_of_the_same_name()
    {
        string[] plain = [.. SourceTree.Files(Plain).Select(file => file.Name)];
        string[] called = [.. Called()];

        Assert.Contains("MatMul", called);

        // A kernel of several files names the others after itself: MatMulPack belongs to MatMul.
        Assert.DoesNotContain(called, name => !plain.Any(twin => name.StartsWith(twin, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_plain_kernel_uses_no_vectors()
    {
        IEnumerable<string> faults =
            from file in SourceTree.Files(Plain)
            where Regex.IsMatch(file.Code, @"\bVector(64|128|256|512)?\b|\bSimd\b|\bIntrinsics\b|\bTensorPrimitives\b")
            select file.Path;

        Faults.None(faults);
    }

    // The files in vectors that the fulfiller of the kernels' contract calls by name.
    private static IEnumerable<string> Called()
    {
        string[] fast = [.. SourceTree.Files(Fast).Where(file => !file.IsGenerated).Select(file => file.Name)];
        string contract = string.Join('\n', SourceTree.Files("src/Sequor.Tensors/Cpu")
            .Where(file => file.Name.StartsWith("SimdKernels", StringComparison.Ordinal))
            .Select(file => file.Code));
        return fast.Where(name => Regex.IsMatch(contract, $@"\b{Regex.Escape(name)}\.\w"));
    }
}
