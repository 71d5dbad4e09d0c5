namespace Orleans.Runtime;

[RegisterConverter]
internal sealed class GrainTypeConverter : IConverter<GrainType, NameSurrogate>
{
    public GrainType ConvertFromSurrogate(in NameSurrogate surrogate) => surrogate.Name is null ? default : GrainType.Create(surrogate.Name);

    public NameSurrogate ConvertToSurrogate(in GrainType value) => new() { Name = value.IsDefault ? null : value.ToString() };
}
