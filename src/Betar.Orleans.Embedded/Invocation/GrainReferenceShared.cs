using Orleans.CodeGeneration;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace Orleans.Runtime;

/// <summary>What all references of one grain type through one interface share.</summary>
public class GrainReferenceShared(
    GrainType grainType,
    GrainInterfaceType grainInterfaceType,
    ushort interfaceVersion,
    IGrainReferenceRuntime runtime,
    InvokeMethodOptions invokeMethodOptions,
    CodecProvider codecProvider,
    CopyContextPool copyContextPool,
    IServiceProvider serviceProvider)
{
    public IGrainReferenceRuntime Runtime { get; } = runtime;

    public GrainType GrainType { get; } = grainType;

    public GrainInterfaceType InterfaceType { get; } = grainInterfaceType;

    public IServiceProvider ServiceProvider { get; } = serviceProvider;

    public CodecProvider CodecProvider { get; } = codecProvider;

    public CopyContextPool CopyContextPool { get; } = copyContextPool;

    public ushort InterfaceVersion { get; } = interfaceVersion;

    public InvokeMethodOptions InvokeMethodOptions { get; } = invokeMethodOptions;
}
