using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Names the type of a grain instead of deriving it from the name of its class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute, IGrainTypeProviderAttribute
{
    private readonly GrainType _type = GrainType.Create(grainType);

    public GrainType GetGrainType(IServiceProvider services, Type type) => _type;
}
