namespace Orleans.Runtime;

/// <summary>The caller's end that applications hold, in a silo as well as outside of one.</summary>
internal sealed class ClusterClient(GrainTypes types, GrainReferences references, IServiceProvider services) : GrainFactory(types, references), IClusterClient
{
    public IServiceProvider ServiceProvider => services;
}
