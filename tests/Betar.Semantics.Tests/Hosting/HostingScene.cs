using Microsoft.Extensions.DependencyInjection;

namespace Betar.Semantics.Tests.Hosting;

/// <summary>The scene of one silo.</summary>
public static class HostingScene
{
    public static Scene Of(IServiceProvider services) => Of(services.GetRequiredService<ILocalSiloDetails>().SiloAddress);

    public static Scene Of(SiloAddress silo) => Scene.Of($"hosting {silo}");
}
