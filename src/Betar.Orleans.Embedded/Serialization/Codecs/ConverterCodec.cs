using Orleans;
using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Carries a value by its surrogate, as one member of an object.</summary>
internal sealed class ConverterCodec<T, TSurrogate>(IConverter<T, TSurrogate> converter) : SurrogateCodec<T, TSurrogate>
    where TSurrogate : struct
{
    protected override TSurrogate ToSurrogate(T value) => converter.ConvertToSurrogate(value);

    protected override T FromSurrogate(TSurrogate surrogate) => converter.ConvertFromSurrogate(surrogate);
}
