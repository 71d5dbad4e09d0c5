namespace Betar.Libp2p.Dns;

/// <summary>Looks names up. A look-up that finds nothing is an answer, whatever the reason; only a cancelled one throws.</summary>
internal interface IDnsResolver
{
    ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken cancel);
}
