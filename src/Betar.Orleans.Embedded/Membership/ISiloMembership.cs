using Orleans.Runtime;

namespace Betar.Orleans.Embedded;

/// <summary>Seam: who is alive.</summary>
internal interface ISiloMembership
{
    MembershipView View { get; }

    /// <summary>Sets a status, newer views first; a dead silo stays dead.</summary>
    void SetStatus(SiloAddress silo, string name, SiloStatus status);

    /// <summary>Calls back, on the thread that made the change, after each change.</summary>
    IDisposable Subscribe(Action<SiloAddress, SiloStatus> onChange);
}
