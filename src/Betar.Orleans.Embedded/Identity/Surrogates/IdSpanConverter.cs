namespace Orleans.Runtime;

[RegisterConverter]
internal sealed class IdSpanConverter : IConverter<IdSpan, NameSurrogate>
{
    public IdSpan ConvertFromSurrogate(in NameSurrogate surrogate) => surrogate.Name is null ? default : IdSpan.Create(surrogate.Name);

    public NameSurrogate ConvertToSurrogate(in IdSpan value) => new() { Name = value.IsDefault ? null : value.ToString() };
}
