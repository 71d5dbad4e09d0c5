using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication;

public sealed partial class Replica
{
    /// <summary>Messages that may wait for their turn; more are passed over.</summary>
    private const int MostWaiting = 4096;

    private const int MostTold = 64;
    private const double Spread = 0.3;

    /// <summary>Bytes of a broadcast with so many heads, with room for the names of newer peers.</summary>
    private const int BytesPerHead = 256;

    private readonly HashSet<NodeId> _toldByOthers = [];
    private ITopic? _topic;
    private ITimer? _rebroadcast;
    private ITimer? _greeting;
    private ITimer? _repair;
    private DateTimeOffset _lastGreeting = DateTimeOffset.MinValue;
    private bool _greetingWaits;

    private void Join()
    {
        _topic = _parts.PubSub.Join(_options.Topic, HearAsync, new TopicOptions { MaxMessageBytes = _options.MaxHeadsPerBroadcast * BytesPerHead });
        _topic.PeerChanged += OnPeerChanged;
        _rebroadcast = _time.CreateTimer(_ => _work.Post(RebroadcastAsync), null, NextRebroadcast(), Timeout.InfiniteTimeSpan);
        _greeting = _time.CreateTimer(_ => _work.Post(GreetAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _repair = _time.CreateTimer(_ => _work.Post(RepairAsync), null, _options.RepairInterval, _options.RepairInterval);
        foreach (var peer in _topic.Peers)
            _work.Post(() => MeetAsync(peer));
        _work.Post(PumpAsync);
    }

    private async Task LeaveAsync()
    {
        ITimer?[] timers = [_rebroadcast, _greeting, _repair, _pumpTimer];
        foreach (var timer in timers)
            timer?.Dispose();
        if (_topic is not null)
        {
            _topic.PeerChanged -= OnPeerChanged;
            await _topic.DisposeAsync();
        }
    }

    private void OnPeerChanged(object? sender, TopicPeerEventArgs change)
    {
        if (change.Joined)
            _work.Post(() => MeetAsync(change.Peer));
    }

    private ValueTask<MessageVerdict> HearAsync(PubSubMessage message, CancellationToken cancellationToken)
    {
        if (HeadsCodec.Decode(message.Data.Span, _options.MaxHeadsPerBroadcast) is not { } heads)
        {
            ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxHeadsPerBroadcast));
            return new(MessageVerdict.Reject);
        }

        if (_work.Waiting >= MostWaiting)
            return new(MessageVerdict.Ignore);
        _sightings.Add(message.Author, heads, _time.GetUtcNow());
        _work.Post(() => HearAsync(message.Author, message.Sender, heads));
        return new(MessageVerdict.Accept);
    }

    private async Task HearAsync(PeerId author, PeerId sender, IReadOnlyList<NodeId> heads)
    {
        var now = _time.GetUtcNow();
        foreach (var head in heads)
        {
            if (_intake.Heads.Contains(head))
                _toldByOthers.Add(head);
            if (!await _intake.KnowsAsync(head) && !IsBarred(author, now))
                _wants.TryAddHead(head, author, sender, now);
        }

        await PumpAsync();
    }

    /// <summary>A newcomer hears our heads soon, and may have what nobody else had.</summary>
    private async Task MeetAsync(PeerId peer)
    {
        _wants.WakeAll(peer, _time.GetUtcNow());
        await PumpAsync();
        if (!_isCaughtUp)
            AskForPages(peer);
        if (_greetingWaits || _intake.Heads.Count == 0)
            return;
        var wait = _lastGreeting + _options.GreetingInterval - _time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            await GreetAsync();
            return;
        }

        _greetingWaits = true;
        _greeting!.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private async Task GreetAsync()
    {
        _greetingWaits = false;
        _lastGreeting = _time.GetUtcNow();
        await TellAsync(Foremost(_intake.Heads));
    }

    private async Task RebroadcastAsync()
    {
        await TellAsync(Foremost(_intake.Heads.Where(head => !_toldByOthers.Contains(head))));
        _toldByOthers.Clear();
        if (!_stopping.IsCancellationRequested)
            _rebroadcast!.Change(NextRebroadcast(), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Of very many heads only the highest are told in one round: the next write joins them.</summary>
    private List<NodeId> Foremost(IEnumerable<NodeId> heads) => [.. heads.OrderByDescending(_intake.RankOf).ThenBy(head => head).Take(MostTold)];

    private TimeSpan NextRebroadcast() => _options.RebroadcastInterval * (1 - Spread + (2 * Spread * _parts.Random.NextDouble()));

    private async Task TellAsync(IReadOnlyList<NodeId> heads)
    {
        if (_topic is null || _stopping.IsCancellationRequested)
            return;
        try
        {
            foreach (var part in heads.Chunk(_options.MaxHeadsPerBroadcast))
                await _topic.PublishAsync(HeadsCodec.Encode(part), _stopping.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The next rebroadcast tells them.
            LogTellFailed(_logger, error);
        }
    }
}
