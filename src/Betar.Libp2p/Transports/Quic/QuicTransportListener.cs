using System.Net.Quic;
using System.Runtime.Versioning;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.Quic;

[SupportedOSPlatform("linux")]
internal sealed class QuicTransportListener(
    QuicListener listener, QuicHandshakes handshakes, Func<QuicConnection, QuicHandshake, Task<MuxedArrival>> finish) : IMuxedListener
{
    public Multiaddr Address { get; } = QuicAddress.Of(listener.LocalEndPoint);

    public async ValueTask<MuxedArrival?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            QuicConnection connection;
            try
            {
                connection = await listener.AcceptConnectionAsync(cancellationToken);
            }
            catch (Exception e) when (e is ObjectDisposedException or QuicException { QuicError: QuicError.OperationAborted })
            {
                return null;
            }
            catch (QuicException e) when (e.QuicError == QuicError.CallbackError)
            {
                // Somebody who was not let in; who did not let him in has counted it.
                continue;
            }
            catch (Exception e) when (QuicFault.Covers(e))
            {
                throw await handshakes.ForgetFailedAsync() ?? QuicFault.Of(e);
            }

            if (handshakes.Take(connection) is { } handshake)
                return await FinishAsync(connection, handshake);
            await connection.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        handshakes.ForgetAll();
    }

    private async Task<MuxedArrival> FinishAsync(QuicConnection connection, QuicHandshake handshake)
    {
        try
        {
            return await finish(connection, handshake);
        }
        catch
        {
            handshake.Holding.Dispose();
            throw;
        }
    }
}
