using Orleans.Runtime;

namespace Orleans.Metadata;

/// <summary>An attribute of a grain class that says how its activations behave.</summary>
public interface IGrainPropertiesProviderAttribute
{
    void Populate(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties);
}
