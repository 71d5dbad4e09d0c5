using System.Net;
using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Tests.Dns;

/// <summary>A table of names; what is not in it is not found.</summary>
internal sealed class FakeResolver : IDnsResolver
{
    private readonly Dictionary<(string, DnsRecordType), string[]> _records = [];

    public List<string> Asked { get; } = [];

    /// <summary>Answers every text question, when set.</summary>
    public Func<string, string[]>? Texts { get; set; }

    /// <summary>What is not in the table.</summary>
    public DnsAnswer Otherwise { get; set; } = DnsAnswer.Empty(DnsStatus.NotFound);

    public FakeResolver With(string name, DnsRecordType type, params string[] values)
    {
        _records[(name, type)] = values;
        return this;
    }

    public ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Asked.Add($"{type} {name}");
        var values = type == DnsRecordType.Txt && Texts is { } all ? all(name) : _records.GetValueOrDefault((name, type), []);
        return ValueTask.FromResult(values.Length == 0
            ? Otherwise
            : new DnsAnswer(DnsStatus.Found, type == DnsRecordType.Txt ? [] : [.. values.Select(IPAddress.Parse)], type == DnsRecordType.Txt ? values : []));
    }
}
