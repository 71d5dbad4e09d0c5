namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>A record that names something of a service.</summary>
/// <param name="Owner">Whose record it is; lower case, without the last dot.</param>
/// <param name="Type">PTR or TXT.</param>
/// <param name="Target">Where a PTR points.</param>
/// <param name="Texts">The strings of a TXT that are ASCII.</param>
/// <param name="Life">Nothing: its owner says goodbye.</param>
internal sealed record MdnsRecord(string Owner, MdnsRecordType Type, string Target, IReadOnlyList<string> Texts, TimeSpan Life);
