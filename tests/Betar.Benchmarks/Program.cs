using Betar.Benchmarks;
using Betar.Benchmarks.Harness;
using Betar.Benchmarks.Libp2p;
using Betar.Benchmarks.Marketplace.Peers;
using Betar.Benchmarks.Node;
using Betar.Benchmarks.X402.Facilitating;

if (args is [OurPeer.Verb])
    return await OurPeer.RunAsync(Console.In, Console.Out);
if (args is [MarketPeer.Verb])
    return await MarketPeer.RunAsync(Console.In, Console.Out);
if (args is [GossipPeer.Verb])
    return await GossipPeer.RunAsync(Console.In, Console.Out);
if (args is [BlockPeer.Verb])
    return await BlockPeer.RunAsync(Console.In, Console.Out);
if (args is [OurFacilitator.Verb])
    return await OurFacilitator.RunAsync(Console.In, Console.Out);
if (args is [FleetMeasure.Verb, var agents])
    return await FleetMeasure.RunAsync(agents, Console.Out);
return args is [ChildProcess.Verb, var child] && Benches.Children.ContainsKey(child)
    ? await ChildProcess.ServeAsync(child, Console.Out)
    : await BenchCommand.RunAsync(args, Console.Out, Console.Error);
