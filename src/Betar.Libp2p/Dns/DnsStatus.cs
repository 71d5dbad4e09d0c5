namespace Betar.Libp2p.Dns;

/// <summary>How a look-up ended.</summary>
internal enum DnsStatus
{
    /// <summary>There is at least one record.</summary>
    Found,

    /// <summary>The name does not exist, or has no record of the kind.</summary>
    NotFound,

    /// <summary>The name cannot be asked for: too long, an empty label, letters outside of ASCII.</summary>
    BadName,

    /// <summary>No server answered in time.</summary>
    Timeout,

    /// <summary>The servers refused, failed, or answered what no server should.</summary>
    Failed,
}
