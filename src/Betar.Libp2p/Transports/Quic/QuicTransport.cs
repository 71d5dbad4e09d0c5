using System.Net.Quic;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Security.Tls;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>QUIC version 1, where .NET can do it: security and streams come with the connection. One certificate for as long as this object lives.</summary>
/// <param name="missing">Why QUIC cannot be done here; null: it can.</param>
internal sealed class QuicTransport(IdentityKey identity, QuicSettings settings, TaskScheduler scheduler, TimeProvider time, string? missing)
    : IMuxedTransport, IDisposable
{
    private const string Id = "/quic-v1";
    private readonly Lazy<X509Certificate2> _certificate = new(() => TlsCertificate.Create(identity, time));

    public string Name => "quic";

    public bool CanDial(Multiaddr address) => missing is null && QuicAddress.TryRead(address, out var endPoint) && endPoint.Port != 0;

    public bool CanListen(Multiaddr address) => missing is null && QuicAddress.TryRead(address, out _);

    public string? Obstacle(Multiaddr address) => missing is not null && QuicAddress.TryRead(address, out _) ? Explain(address, missing) : null;

    public async ValueTask<MuxedArrival> DialAsync(Multiaddr address, PeerId expected, ConnectionHolding holding, CancellationToken cancellationToken)
    {
        var endPoint = QuicAddress.Read(address);
        if (!QuicSupport.IsSupported || missing is not null)
            throw new Libp2pException(Libp2pError.NotDialable, Explain(address, missing ?? QuicSupport.Missing));
        var handshake = new QuicHandshake(_certificate.Value, expected, holding, settings.Identities, time);
        var options = new QuicClientConnectionOptions { RemoteEndPoint = endPoint, ClientAuthenticationOptions = handshake.Client() };
        Bound(options, settings.OutboundTimeout);
        return await FinishAsync(await ConnectAsync(options, handshake, cancellationToken), handshake);
    }

    public async ValueTask<IMuxedListener> ListenAsync(Multiaddr address, Func<Multiaddr, ConnectionHolding?> door, CancellationToken cancellationToken)
    {
        var endPoint = QuicAddress.Read(address);
        if (!QuicSupport.IsSupported || missing is not null)
            throw new Libp2pException(Libp2pError.NotDialable, Explain(address, missing ?? QuicSupport.Missing));
        var handshakes = new QuicHandshakes();
        var options = new QuicListenerOptions
        {
            ListenEndPoint = endPoint,
            ApplicationProtocols = [QuicHandshake.Protocol],
            ConnectionOptionsCallback = (connection, _, _) => WelcomeAsync(connection, handshakes, door),
        };
        try
        {
            return new QuicTransportListener(await QuicListener.ListenAsync(options, cancellationToken), handshakes, FinishAsync);
        }
        catch (Exception e) when (QuicFault.Covers(e))
        {
            var fault = QuicFault.Of(e);
            throw new Libp2pException(fault.Code, $"Cannot listen at {address}: {fault.Message}", e);
        }
    }

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
            _certificate.Value.Dispose();
    }

    private static string Explain(Multiaddr address, string? reason) => $"{address.WithoutPeer()} needs QUIC, and {reason}: {QuicSupport.HowToInstall}.";

    [SupportedOSPlatform("linux")]
    private async ValueTask<QuicServerConnectionOptions> WelcomeAsync(
        QuicConnection connection, QuicHandshakes handshakes, Func<Multiaddr, ConnectionHolding?> door)
    {
        // What fails while nobody looks must not hold the places of those who come.
        await handshakes.ForgetFailedAsync();
        var holding = door(QuicAddress.Of(connection.RemoteEndPoint))
            ?? throw new Libp2pException(Libp2pError.Refused, "The stranger is not let in.");
        var handshake = new QuicHandshake(_certificate.Value, expected: null, holding, settings.Identities, time);
        handshakes.Add(connection, handshake);
        var options = new QuicServerConnectionOptions { ServerAuthenticationOptions = handshake.Server() };
        Bound(options, settings.InboundTimeout);
        return options;
    }

    [SupportedOSPlatform("linux")]
    private void Bound(QuicConnectionOptions options, TimeSpan handshakeTimeout)
    {
        options.DefaultCloseErrorCode = (long)QuicCloseCode.None;
        options.DefaultStreamErrorCode = (long)QuicResetCode.None;
        options.HandshakeTimeout = handshakeTimeout;
        options.IdleTimeout = settings.IdleTimeout;
        options.KeepAliveInterval = settings.KeepAliveInterval;
        options.MaxInboundBidirectionalStreams = Math.Min(settings.MaxInboundStreams, ushort.MaxValue);
        options.MaxInboundUnidirectionalStreams = 0;
        var streamWindow = Math.Min(settings.StreamWindow, settings.ConnectionWindow);
        options.InitialReceiveWindowSizes.Connection = settings.ConnectionWindow;
        options.InitialReceiveWindowSizes.LocallyInitiatedBidirectionalStream = streamWindow;
        options.InitialReceiveWindowSizes.RemotelyInitiatedBidirectionalStream = streamWindow;
    }

    /// <summary>The framework takes seconds to give a dial up; nobody waits for that.</summary>
    [SupportedOSPlatform("linux")]
    private async Task<QuicConnection> ConnectAsync(QuicClientConnectionOptions options, QuicHandshake handshake, CancellationToken cancellationToken)
    {
        var connecting = QuicConnection.ConnectAsync(options, cancellationToken).AsTask();
        try
        {
            return await connecting.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = Task.Factory.StartNew(() => ForgetAsync(connecting), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
            throw;
        }
        catch (Exception e) when (handshake.Refusal is not null || QuicFault.Covers(e))
        {
            throw handshake.Refusal ?? QuicFault.Of(e);
        }
    }

    [SupportedOSPlatform("linux")]
    private static async Task ForgetAsync(Task<QuicConnection> connecting)
    {
        try
        {
            await using var connection = await connecting;
        }
        catch (Exception e) when (e is OperationCanceledException || QuicFault.Covers(e))
        {
            // It was given up before.
        }
    }

    /// <summary>Owns the connection from now on; the holding stays the caller's when this fails.</summary>
    [SupportedOSPlatform("linux")]
    private async Task<MuxedArrival> FinishAsync(QuicConnection connection, QuicHandshake handshake)
    {
        if (handshake.Key is not { } key)
        {
            await connection.DisposeAsync();
            throw new Libp2pException(Libp2pError.SecurityFailed, "The handshake of QUIC proved no identity.");
        }

        if (!handshake.Holding.TryReserve(settings.ConnectionWindow))
        {
            await connection.CloseAsync((long)QuicCloseCode.LimitExceeded);
            await connection.DisposeAsync();
            throw new Libp2pException(Libp2pError.LimitExceeded, "There is no memory left for one more connection over QUIC.");
        }

        var muxed = new QuicMuxedConnection(connection, settings, handshake.Holding.Hit, scheduler, time);
        return new MuxedArrival(
            new UpgradedConnection(key.ToPeerId(), key, Id, Id, EarlyMuxer: true, muxed),
            QuicAddress.Of(connection.LocalEndPoint), QuicAddress.Of(connection.RemoteEndPoint), handshake.Holding);
    }
}
