using Betar.Libp2p.Siege;

// The two who must not suffer from a siege, each in a process of its own: siege listen | siege ping ADDRESS
// Each says a line when it is ready, answers every line of its input with one of JSON, and ends with its input.
switch (args)
{
    case ["listen"]:
        await Listener.RunAsync();
        return 0;
    case ["ping", var address]:
        await Pinger.RunAsync(address);
        return 0;
    default:
        Console.Error.WriteLine("siege listen | siege ping ADDRESS");
        return 2;
}
