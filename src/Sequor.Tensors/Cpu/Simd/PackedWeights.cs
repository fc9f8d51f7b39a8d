using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Twin = Sequor.Tensors.Cpu.Plain.PackedWeights;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Weights in panels of some type: laid out, looked up, selected from, on the threads of a pool.</summary>
internal static unsafe class PackedWeights
{
    private const int NumbersPerItem = 32 * 1024;

    /// <summary>Lays a weight out; an item is a run of panels.</summary>
    internal static void Pack(WorkerPool pool, in Matrix weight, in PackedMatrix target, int floatPanel)
    {
        PackedLines lines = new(target, floatPanel);
        int panels = (target.Rows + lines.Outputs - 1) / lines.Outputs;
        int perItem = PerItem((long)lines.Outputs * target.Columns);
        pool.Run(new PackWork(weight, target, lines, perItem), (panels + perItem - 1) / perItem);
    }

    /// <summary>y[r] = scale · the row ids[r] of the table.</summary>
    internal static void Gather(WorkerPool pool, in PackedMatrix table, Storage<int> ids, float scale, Storage<float> y, int floatPanel)
    {
        int perItem = PerItem(table.Columns);
        pool.Run(new GatherWork(table, new PackedLines(table, floatPanel), ids, scale, y, perItem), (int)((ids.Length + perItem - 1) / perItem));
    }

    /// <summary>Copies some outputs into a weight of their own.</summary>
    internal static void Select(WorkerPool pool, in PackedMatrix from, Storage<int> rows, in PackedMatrix target, int floatPanel)
    {
        target.Scales.Span.Clear();
        target.Sums.Span.Clear();
        PackedLines lines = new(target, floatPanel);
        int panels = (target.Rows + lines.Outputs - 1) / lines.Outputs;
        int perItem = PerItem((long)lines.Outputs * target.Columns);
        pool.Run(new SelectWork(from, new PackedLines(from, floatPanel), rows, target, lines, perItem), (panels + perItem - 1) / perItem);
    }

    private static int PerItem(long numbers) => (int)Math.Max(1, NumbersPerItem / Math.Max(1, numbers));

    private readonly struct PackWork(in Matrix weight, in PackedMatrix target, in PackedLines lines, int perItem) : IWork
    {
        private readonly Matrix _weight = weight;
        private readonly PackedMatrix _target = target;
        private readonly PackedLines _lines = lines;

        public void Run(int item)
        {
            int end = (int)Math.Min(_target.Rows, (item + 1L) * perItem * _lines.Outputs);
            bool isInteger = WeightTypes.IsInteger(_target.Type);
            _lines.Clear(item * perItem, (end + _lines.Outputs - 1) / _lines.Outputs);
            for (int row = item * perItem * _lines.Outputs; row < end; row++)
            {
                float* numbers = (float*)_weight.Storage.Address + (row * _weight.RowStride);
                if (isInteger)
                {
                    Integers(numbers, row);
                }
                else
                {
                    Floats(numbers, row);
                }
            }

            int padded = isInteger && end == _target.Rows ? PackedMatrix.PaddedRows(end) : end;
            for (int row = end; row < padded; row++)
            {
                _target.Scales.Span[row] = 0;
                _target.Sums.Span[row] = 0;
            }
        }

        private void Integers(float* numbers, int row)
        {
            int* groups = (int*)Scratch.Floats(ScratchPlace.Kernel, _lines.Count + 16);
            sbyte* integers = (sbyte*)groups;
            _target.Scales.Span[row] = PackedQuantize.Signed(numbers, _target.Columns, _target.Type, integers);
            int sum = 0;
            for (int column = 0; column < _target.Columns; column++)
            {
                sum += integers[column];
            }

            for (int column = _target.Columns; column < _lines.Count * PackedMatrix.IntegerGroup; column++)
            {
                integers[column] = 0;
            }

            _target.Sums.Span[row] = sum;
            byte* to = _lines.At(row);
            for (int group = 0; group < _lines.Count; group++, to += _lines.Bytes)
            {
                *(int*)to = groups[group];
            }
        }

        private void Floats(float* numbers, int row)
        {
            byte* to = _lines.At(row);
            for (int column = 0; column < _target.Columns; column++, to += _lines.Bytes)
            {
                switch (_target.Type)
                {
                    case WeightType.Float16:
                        *(ushort*)to = Twin.ToFloat16(numbers[column]);
                        break;
                    case WeightType.BFloat16:
                        *(ushort*)to = Twin.ToBFloat16(numbers[column]);
                        break;
                    default:
                        *(float*)to = numbers[column];
                        break;
                }
            }
        }
    }

    private readonly struct GatherWork(in PackedMatrix table, in PackedLines lines, Storage<int> ids, float scale, Storage<float> y, int perItem) : IWork
    {
        private readonly PackedMatrix _table = table;
        private readonly PackedLines _lines = lines;

        public void Run(int item)
        {
            long end = Math.Min(ids.Length, (item + 1L) * perItem);
            for (long i = (long)item * perItem; i < end; i++)
            {
                int row = ((int*)ids.Address)[i];
                float* to = (float*)y.Address + (i * _table.Columns);
                if (WeightTypes.IsInteger(_table.Type))
                {
                    Integers(row, to);
                }
                else
                {
                    Floats(row, to);
                }
            }
        }

        private void Integers(int row, float* to)
        {
            byte* from = _lines.At(row);
            Vector128<float> one = Vector128.Create(((float*)_table.Scales.Address)[row]);
            Vector128<float> factor = Vector128.Create(scale);
            int whole = _table.Columns / PackedMatrix.IntegerGroup * PackedMatrix.IntegerGroup;
            for (int column = 0; column < whole; column += PackedMatrix.IntegerGroup, from += _lines.Bytes)
            {
                (Numbers(from) * one * factor).Store(to + column);
            }

            Vector128<float> last = whole < _table.Columns ? Numbers(from) * one * factor : default;
            for (int column = whole; column < _table.Columns; column++)
            {
                to[column] = last[column - whole];
            }
        }

        private void Floats(int row, float* to)
        {
            byte* from = _lines.At(row);
            for (int column = 0; column < _table.Columns; column++, from += _lines.Bytes)
            {
                float number = _table.Type switch
                {
                    WeightType.Float16 => HalfBits.Widened(*(short*)from),
                    WeightType.BFloat16 => BitConverter.Int32BitsToSingle(*(ushort*)from << 16),
                    _ => *(float*)from,
                };
                to[column] = number * scale;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<float> Numbers(byte* group) => Vector128.ConvertToSingle(
            Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(int*)group).AsSByte())));
    }

    private readonly struct SelectWork(
        in PackedMatrix from, in PackedLines lines, Storage<int> rows, in PackedMatrix target, in PackedLines targetLines, int perItem) : IWork
    {
        private readonly PackedMatrix _from = from;
        private readonly PackedLines _lines = lines;
        private readonly PackedMatrix _target = target;
        private readonly PackedLines _targetLines = targetLines;

        public void Run(int item)
        {
            int end = (int)Math.Min(_target.Rows, (item + 1L) * perItem * _targetLines.Outputs);
            _targetLines.Clear(item * perItem, (end + _targetLines.Outputs - 1) / _targetLines.Outputs);
            for (int row = item * perItem * _targetLines.Outputs; row < end; row++)
            {
                int source = ((int*)rows.Address)[row];
                if (WeightTypes.IsInteger(_from.Type))
                {
                    _target.Scales.Span[row] = _from.Scales.Span[source];
                    _target.Sums.Span[row] = _from.Sums.Span[source];
                }

                PackedLines.Copy(_lines, source, _targetLines, row);
            }
        }
    }
}
