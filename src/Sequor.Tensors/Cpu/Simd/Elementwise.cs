using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>What is done to each element by itself, with the bits of <see cref="Plain.Elementwise"/>.</summary>
internal static unsafe class Elementwise
{
    internal static void Fill(WorkerPool pool, Storage<float> x, float value) => pool.Run(new FillWork(x, value), FlatWork.Items(x));

    internal static void Copy(WorkerPool pool, Storage<float> from, Storage<float> to) => pool.Run(new CopyWork(from, to), FlatWork.Items(to));

    internal static void Add(WorkerPool pool, Storage<float> a, Storage<float> b, Storage<float> result) =>
        FlatWork.Run(pool, default(Added1<Same>), b, a, result);

    internal static void Multiply(WorkerPool pool, Storage<float> a, Storage<float> b, Storage<float> result, bool accumulate) =>
        FlatWork.RunOrAdd(pool, default(Product), a, b, result, accumulate);

    internal static void Scale(WorkerPool pool, Storage<float> x, float scale, Storage<float> result, bool accumulate) =>
        FlatWork.RunOrAdd(pool, new Scaled(scale), x, result, accumulate);

    internal static void MovingAverage(WorkerPool pool, Storage<float> x, float decay, Storage<float> target) =>
        FlatWork.Run(pool, new Blend(decay), x, target, target);

    /// <summary>scale · x.</summary>
    internal readonly struct Scaled(float scale) : IMap1
    {
        public TFloats Of<TFloats>(TFloats x)
            where TFloats : struct, IFloats<TFloats> => TFloats.Of(scale) * x;
    }

    /// <summary>x itself.</summary>
    internal readonly struct Same : IMap1
    {
        public TFloats Of<TFloats>(TFloats x)
            where TFloats : struct, IFloats<TFloats> => x;
    }

    /// <summary>a · b.</summary>
    internal readonly struct Product : IMap2
    {
        public TFloats Of<TFloats>(TFloats a, TFloats b)
            where TFloats : struct, IFloats<TFloats> => a * b;
    }

    private readonly struct FillWork(Storage<float> x, float value) : IWork
    {
        public void Run(int item) =>
            new Span<float>((float*)x.Address + FlatWork.Start(item), FlatWork.Length(x.Length, item)).Fill(value);
    }

    private readonly struct CopyWork(Storage<float> from, Storage<float> to) : IWork
    {
        public void Run(int item)
        {
            int length = FlatWork.Length(to.Length, item);
            Span<float> source = new((float*)from.Address + FlatWork.Start(item), length);
            source.CopyTo(new Span<float>((float*)to.Address + FlatWork.Start(item), length));
        }
    }

    private readonly struct Blend(float decay) : IMap2
    {
        public TFloats Of<TFloats>(TFloats x, TFloats target)
            where TFloats : struct, IFloats<TFloats> => (TFloats.Of(decay) * target) + (TFloats.Of(1 - decay) * x);
    }
}
