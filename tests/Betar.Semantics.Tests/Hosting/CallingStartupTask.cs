namespace Betar.Semantics.Tests.Hosting;

/// <summary>A start-up task may call grains.</summary>
public sealed class CallingStartupTask(IGrainFactory grains, ILocalSiloDetails silo) : IStartupTask
{
    public async Task Execute(CancellationToken cancellationToken)
    {
        var answer = await grains.GetGrain<IDrainGrain>($"hosting {silo.SiloAddress}/startup").Ask();
        HostingScene.Of(silo.SiloAddress).Note($"startup task heard {answer}");
    }
}
