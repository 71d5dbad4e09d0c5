namespace Orleans.Runtime;

[RegisterConverter]
internal sealed class GrainInterfaceTypeConverter : IConverter<GrainInterfaceType, NameSurrogate>
{
    public GrainInterfaceType ConvertFromSurrogate(in NameSurrogate surrogate) =>
        surrogate.Name is null ? default : GrainInterfaceType.Create(surrogate.Name);

    public NameSurrogate ConvertToSurrogate(in GrainInterfaceType value) => new() { Name = value.IsDefault ? null : value.ToString() };
}
