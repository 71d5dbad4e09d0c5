using Betar.Orleans.Embedded.Serialization;

[assembly: GenerateCodecFor(typeof(ValueTuple<>))]
[assembly: GenerateCodecFor(typeof(ValueTuple<,>))]
[assembly: GenerateCodecFor(typeof(ValueTuple<,,>))]
[assembly: GenerateCodecFor(typeof(ValueTuple<,,,>))]
[assembly: GenerateCodecFor(typeof(ValueTuple<,,,,>))]
[assembly: GenerateCodecFor(typeof(ValueTuple<,,,,,>))]
[assembly: GenerateCodecFor(typeof(ValueTuple<,,,,,,>))]
[assembly: GenerateCodecFor(typeof(ValueTuple<,,,,,,,>))]

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Asks the generator for the codec of a struct that cannot be marked: its public fields, in their order.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class GenerateCodecForAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
