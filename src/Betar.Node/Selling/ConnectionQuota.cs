using System.Collections.Concurrent;
using System.Net;

namespace Betar.Node.Selling;

/// <summary>Counts open connections, in all and per remote address.</summary>
internal sealed class ConnectionQuota(TcpServiceOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private int _open;

    public bool TryEnter(IPAddress remote)
    {
        lock (_gate)
        {
            int ofRemote = _perAddress.GetValueOrDefault(remote);
            if (_open >= options.MaxConnections || ofRemote >= options.MaxConnectionsPerAddress)
                return false;
            _open++;
            _perAddress[remote] = ofRemote + 1;
            return true;
        }
    }

    public void Leave(IPAddress remote)
    {
        lock (_gate)
        {
            _open--;
            if (--_perAddress[remote] == 0)
                _perAddress.Remove(remote);
        }
    }
}
