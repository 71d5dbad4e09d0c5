using System.Net;
using Betar.Node.Errors;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http.Guarding;

/// <summary>A page of a stranger can make its own name point here; the browser then sends that name, by which it is known.</summary>
internal sealed class HostGuard(HttpSettings settings)
{
    private const string Local = "localhost";

    public CliRefusal? Check(HttpContext context)
    {
        string host = context.Request.Host.Host.TrimEnd('.');
        return IsOurs(host, context.Connection.LocalIpAddress) ? null
            : ErrorCatalog.HostRefused.Refuse($"This node is not {VisibleText.Of(host)}");
    }

    private bool IsOurs(string host, IPAddress? asked)
    {
        if (settings.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
            return true;
        if (host.Equals(Local, StringComparison.OrdinalIgnoreCase))
            return asked is not null && IPAddress.IsLoopback(asked);
        string address = host.Trim('[', ']');

        // As addresses are written, and no other way: "2130706433" is a name to us.
        return IPAddress.TryParse(address, out IPAddress? named) && named.ToString() == address && asked is not null && Plain(named).Equals(Plain(asked));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
