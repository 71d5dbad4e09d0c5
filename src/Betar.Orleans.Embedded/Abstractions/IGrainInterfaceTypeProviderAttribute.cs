namespace Orleans.Runtime;

public interface IGrainInterfaceTypeProviderAttribute
{
    GrainInterfaceType GetGrainInterfaceType(IServiceProvider services, Type type);
}
