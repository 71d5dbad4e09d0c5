using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Grains;

/// <summary>64 bytes there and back over loopback: what a call between processes costs at the least.</summary>
internal static class TcpPingPong
{
    private const int Size = 64;

    public static async Task<double> RateAsync(int connections, TimeSpan time)
    {
        await using Server server = Server.Start();
        Socket[] sockets = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => server.ConnectAsync()));
        double rate = await CallWindow.RateAsync(sockets.Select(socket => (Func<Task<long>>)(() => CallUntilClosedAsync(socket))), time);
        Array.ForEach(sockets, socket => socket.Dispose());
        return rate;
    }

    public static async Task<double> MedianMicrosecondsAsync(int calls)
    {
        await using Server server = Server.Start();
        using Socket socket = await server.ConnectAsync();
        byte[] buffer = new byte[Size];
        var times = new double[calls];
        for (int i = 0; i < calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await CallAsync(socket, buffer);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return Figure.Median(times);
    }

    private static async Task<long> CallUntilClosedAsync(Socket socket)
    {
        byte[] buffer = new byte[Size];
        long calls = 0;
        while (CallWindow.IsOpen)
        {
            await CallAsync(socket, buffer);
            calls++;
        }

        return calls;
    }

    private static async ValueTask CallAsync(Socket socket, byte[] buffer)
    {
        await socket.SendAsync(buffer);
        for (int read = 0; read < Size;)
            read += await socket.ReceiveAsync(buffer.AsMemory(read));
    }

    /// <summary>Answers every 64 bytes with 64 bytes.</summary>
    private sealed class Server(Socket listener) : IAsyncDisposable
    {
        private readonly List<Task> _loops = [];

        public static Server Start()
        {
            var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1000);
            return new Server(listener);
        }

        public async Task<Socket> ConnectAsync()
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Task<Socket> accepting = listener.AcceptAsync();
            await client.ConnectAsync(listener.LocalEndPoint!);
            Socket accepted = await accepting;
            accepted.NoDelay = true;
            lock (_loops)
                _loops.Add(Task.Run(() => EchoAsync(accepted)));
            return client;
        }

        public async ValueTask DisposeAsync()
        {
            listener.Dispose();
            await Task.WhenAll(_loops);
        }

        private static async Task EchoAsync(Socket socket)
        {
            byte[] buffer = new byte[Size];
            using (socket)
            {
                while (true)
                {
                    for (int read = 0; read < Size;)
                    {
                        int count = await ReceiveAsync(socket, buffer.AsMemory(read));
                        if (count == 0)
                            return;
                        read += count;
                    }

                    await socket.SendAsync(buffer);
                }
            }
        }

        // A reset is how some clients hang up.
        private static async ValueTask<int> ReceiveAsync(Socket socket, Memory<byte> buffer)
        {
            try
            {
                return await socket.ReceiveAsync(buffer);
            }
            catch (SocketException)
            {
                return 0;
            }
        }
    }
}
