using Betar.Grains.Payments;
using Orleans.Runtime;

namespace Betar.Cluster.Tests.Support;

/// <summary>One silo's end of the world's fault points.</summary>
internal sealed class SiloFaultPoints(TestFaultPoints points, ILocalSiloDetails silo) : IFaultPoints
{
    public void Reach(string name) => points.Reach(name, silo.SiloAddress);
}
