using System.Globalization;
using System.Text;

namespace Sequor.Configuration;

/// <summary>Settings that stand beside the others in the file and count only while a condition holds.</summary>
internal sealed class ConditionalSettings<T, TChild>(
    Func<T, bool> applies, Schema<TChild> schema, Func<T, TChild> get, Func<T, TChild, T> set, string otherwise) : Setting<T>("")
    where TChild : class
{
    private readonly CompositeFormat _otherwise = CompositeFormat.Parse(otherwise);

    public override IEnumerable<string> Names => schema.Names;

    public override T Read(Section section, T record)
    {
        if (applies(record))
        {
            return set(record, schema.Read(section, get(record)));
        }

        foreach (string name in schema.Names)
        {
            section.BelongsElsewhere(name, string.Format(CultureInfo.InvariantCulture, _otherwise, name));
        }

        return record;
    }

    public override void Write(YamlWriter writer, T record)
    {
        if (applies(record))
        {
            schema.Write(writer, get(record));
        }
    }

    public override void Validate(T record, string path, FaultList faults)
    {
        if (applies(record))
        {
            schema.Validate(get(record), path, faults);
        }
    }
}
