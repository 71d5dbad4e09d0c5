using System.Net;
using System.Net.Sockets;
using Betar.Node.Cli;

namespace Betar.Node.Diagnosis;

/// <summary>Whether this machine lets us listen, and whether the usual ports are free.</summary>
internal sealed class PortsCheck : SyncCheck
{
    /// <summary>The ports of the original: peers, and the HTTP API.</summary>
    private static readonly int[] UsualPorts = [4001, 8424];

    protected override IEnumerable<Finding> Look(CommandContext context)
    {
        if (Try(0) is { } failure)
        {
            yield return Finding.Wrong("ports", $"this machine does not let us listen on loopback ({failure})", "allow local connections");
            yield break;
        }

        var taken = UsualPorts.Where(port => Try(port) is not null).ToList();
        yield return taken.Count == 0
            ? Finding.Ok("ports", $"loopback works; {string.Join(" and ", UsualPorts)} are free")
            : Finding.Note("ports", $"port {string.Join(" and ", taken)} is taken", "stop the program that has it, or choose another port");
    }

    private static SocketError? Try(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }
}
