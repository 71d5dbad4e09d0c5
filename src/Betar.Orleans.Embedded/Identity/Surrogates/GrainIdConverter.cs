namespace Orleans.Runtime;

[RegisterConverter]
internal sealed class GrainIdConverter : IConverter<GrainId, GrainIdSurrogate>
{
    public GrainId ConvertFromSurrogate(in GrainIdSurrogate surrogate) =>
        surrogate.Type is null ? default : new(new GrainType(surrogate.Type), new IdSpan(surrogate.Key ?? []));

    public GrainIdSurrogate ConvertToSurrogate(in GrainId value) => value.IsDefault
        ? default
        : new() { Type = IdSpan.UnsafeGetArray(value.Type.Value), Key = IdSpan.UnsafeGetArray(value.Key) };
}
