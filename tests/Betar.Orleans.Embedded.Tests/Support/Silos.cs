using System.Net;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>Silos that exist in a membership only.</summary>
internal static class Silos
{
    public static SiloAddress Address(int number) => SiloAddress.New(IPAddress.Loopback, 40_000 + number, number);

    public static SiloAddress Active(ISiloMembership membership, int number)
    {
        var silo = Address(number);
        membership.SetStatus(silo, $"silo {number}", SiloStatus.Active);
        return silo;
    }
}
