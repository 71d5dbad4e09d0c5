using Betar.Libp2p.Protocols;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Protocols;

/// <summary>Who serves what after any history of registrations, against a plain list of them.</summary>
public sealed class ProtocolTableModelTests
{
    [Fact]
    public void The_table_finds_whom_the_list_finds() => Assert.All(Enumerable.Range(0, 60), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var table = new ProtocolTable();
        var changes = 0;
        var expectedChanges = 0;
        table.Changed += () => changes++;
        List<(ProtocolRegistration Registration, IDisposable Handle)> model = [];
        List<IDisposable> gone = [];
        for (var step = 0; step < 150; step++)
        {
            var name = "/" + (char)('a' + random.Next(5));
            switch (random.Next(5))
            {
                case 0:
                    var exact = new ProtocolRegistration(name, null, (_, _) => Task.CompletedTask, new ProtocolOptions { InboundPerPeer = step });
                    if (model.Any(entry => entry.Registration.Matches is null && entry.Registration.Name == name))
                    {
                        Assert.Throws<InvalidOperationException>(() => table.Add(exact));
                        break;
                    }

                    model.Add((exact, table.Add(exact)));
                    expectedChanges++;
                    break;
                case 1:
                    var letter = name[1];
                    var family = new ProtocolRegistration("family", id => id[1] >= letter, (_, _) => Task.CompletedTask, new ProtocolOptions { InboundPerPeer = step });
                    model.Add((family, table.Add(family)));
                    break;
                case 2 when model.Count > 0:
                    var at = random.Next(model.Count);
                    model[at].Handle.Dispose();
                    gone.Add(model[at].Handle);
                    expectedChanges += model[at].Registration.Matches is null ? 1 : 0;
                    model.RemoveAt(at);
                    break;
                case 3 when gone.Count > 0:
                    // Taken back already: nothing happens, whoever has registered the name since.
                    gone[random.Next(gone.Count)].Dispose();
                    break;
            }

            foreach (var id in new[] { "/a", "/b", "/c", "/d", "/e" })
            {
                var found = model.Select(entry => entry.Registration).FirstOrDefault(entry => entry.Matches is null && entry.Name == id)
                    ?? model.Select(entry => entry.Registration).FirstOrDefault(entry => entry.Matches is { } matches && matches(id));
                Assert.True(ReferenceEquals(found, table.Find(id)), $"seed {TestSeed.Value}, round {round}, step {step}, {id}");
            }

            Assert.Equal(
                model.Where(entry => entry.Registration.Matches is null).Select(entry => entry.Registration.Name).Order(StringComparer.Ordinal), table.Names);
            Assert.Equal(expectedChanges, changes);
        }
    });

    [Fact]
    public void What_nobody_serves_has_no_options()
    {
        var table = new ProtocolTable();
        Assert.Null(table.Find("/a"));
        Assert.Null(table.OptionsOf("/a"));
        Assert.Empty(table.Names);
    }
}
