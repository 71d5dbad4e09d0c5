namespace Orleans.Runtime;

[RegisterConverter]
internal sealed class SiloAddressConverter : IConverter<SiloAddress, NameSurrogate>
{
    public SiloAddress ConvertFromSurrogate(in NameSurrogate surrogate) =>
        surrogate.Name is null ? SiloAddress.Zero : SiloAddress.FromParsableString(surrogate.Name);

    public NameSurrogate ConvertToSurrogate(in SiloAddress value) => new() { Name = value.ToParsableString() };
}
