using System.Globalization;
using System.Reflection;
using Betar.Crypto;

namespace Betar.Libp2p.Hosting;

/// <summary>Finds every value out of its range: numbers and times are at least one and more than nothing, whichever group they stand in.</summary>
internal static class OptionFaults
{
    public static IEnumerable<string> Find(Libp2pOptions options)
    {
        foreach (var fault in FindIn(options, string.Empty).Concat(options.Dns.Faults().Select(fault => "Dns." + fault)))
            yield return fault;
        if (options.Securities.Count == 0)
            yield return "Securities must name at least one.";
        if (options.ConnectionManager.LowWater > options.ConnectionManager.HighWater)
            yield return "ConnectionManager.LowWater must not be above HighWater.";
        if (options.Connections.RsaMinBits < RsaPublicKey.MinBits || options.Connections.RsaMaxBits > RsaPublicKey.MaxBits
            || options.Connections.RsaMinBits > options.Connections.RsaMaxBits)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"Connections.RsaMinBits to RsaMaxBits must lie in {RsaPublicKey.MinBits} to {RsaPublicKey.MaxBits}.");
        }

        if (options.Messages.AddressBytes > Multiformats.Multiaddr.MaxLength)
            yield return string.Create(CultureInfo.InvariantCulture, $"Messages.AddressBytes must be at most {Multiformats.Multiaddr.MaxLength}.");
        if (options.Dialing.BackoffMax < options.Dialing.BackoffBase)
            yield return "Dialing.BackoffMax must not be below BackoffBase.";
        if (options.Discovery.RedialMax < options.Discovery.RedialBase)
            yield return "Discovery.RedialMax must not be below RedialBase.";
        if (options.Discovery.Mdns.PacketBytes is < Discovery.Mdns.MdnsWriter.LeastBytes or > Discovery.Mdns.MdnsWriter.MostBytes)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"Discovery.Mdns.PacketBytes must lie in {Discovery.Mdns.MdnsWriter.LeastBytes} to {Discovery.Mdns.MdnsWriter.MostBytes}.");
        }

        if (options.Discovery.LowPorts is null || options.Discovery.LowPorts.Any(port => port is < 1 or > 1023))
            yield return "Discovery.LowPorts must lie in 1 to 1023.";
        if (options.Resources.Stream.Memory < Muxing.YamuxOptions.InitialWindow)
            yield return "Resources.Stream.Memory must hold the 256 KiB that every stream begins with.";
    }

    private static IEnumerable<string> FindIn(object group, string path)
    {
        foreach (var property in group.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = path + property.Name;
            switch (property.GetValue(group))
            {
                case null:
                    yield return $"{name} must be set.";
                    break;
                case int number when number < 1:
                    yield return $"{name} must be at least 1.";
                    break;
                case long number when number < 1:
                    yield return $"{name} must be at least 1.";
                    break;
                case TimeSpan time when time <= TimeSpan.Zero || time > TimeSpan.FromDays(1):
                    yield return $"{name} must be more than nothing and at most a day.";
                    break;
                case { } inner when inner.GetType().Name.EndsWith("Options", StringComparison.Ordinal) && inner is not Dns.DnsOptions:
                    foreach (var fault in FindIn(inner, name + "."))
                        yield return fault;
                    break;
            }
        }
    }
}
