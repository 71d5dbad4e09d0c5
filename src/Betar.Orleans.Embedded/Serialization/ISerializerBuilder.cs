using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Serialization;

/// <summary>Configures the serializer of one container.</summary>
public interface ISerializerBuilder
{
    IServiceCollection Services { get; }
}
