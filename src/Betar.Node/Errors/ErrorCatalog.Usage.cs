namespace Betar.Node.Errors;

public static partial class ErrorCatalog
{
    public static ErrorEntry WrongUsage { get; } = new("BTR-1000", "the command line cannot be understood",
        "add --help to see how the command is used");

    public static ErrorEntry UnknownVerb { get; } = new("BTR-1001", "there is no such command", "run betar --help to see the commands");

    public static ErrorEntry UnknownOption { get; } = new("BTR-1002", "the command has no such option", "add --help to see its options");

    public static ErrorEntry BadOptionValue { get; } = new("BTR-1003", "the value of an option is not usable",
        "give a value as --help describes it");

    public static ErrorEntry MissingOption { get; } = new("BTR-1004", "an option that the command needs is missing",
        "add --help to see its options");

    public static ErrorEntry NotHere { get; } = new("BTR-1005", "this part runs from the repository only",
        "run it as ./betar bench in a clone of the repository");

    public static ErrorEntry ConfigurationMissing { get; } = new("BTR-1010", "the configuration file is not there",
        "write one, or leave the option out");

    public static ErrorEntry BadYaml { get; } = new("BTR-1011", "the YAML cannot be read", "mend the place that is named");

    public static ErrorEntry BadConfiguration { get; } = new("BTR-1012", "the configuration has faults", "mend the lines that are named");

    public static ErrorEntry ExecutorNotAvailable { get; } = new("BTR-1013", "this version cannot run that executor",
        "run it in a host that has the handler, or choose another executor");

    public static ErrorEntry BadPrice { get; } = new("BTR-1014", "the price is not an amount of USDC",
        "write a decimal number with at most 6 digits after the point, such as 0.001");

    public static ErrorEntry BadAddress { get; } = new("BTR-1015", "the address is not an Ethereum address",
        "write 0x and 40 hexadecimal digits, copied with their upper and lower case");

    public static ErrorEntry BadNetwork { get; } = new("BTR-1016", "the network is not known or not allowed here",
        "use devnet, or a test chain's id");

    public static ErrorEntry BadPeerAddress { get; } = new("BTR-1017", "the peer's address cannot be used",
        "write it as /ip4/127.0.0.1/tcp/4001/p2p/12D3Koo…");

    public static ErrorEntry NoModel { get; } = new("BTR-1020", "an agent has no model to work with",
        "set OPENAI_API_KEY, GOOGLE_API_KEY or OPENAI_BASE_URL, or name a key in agents.yaml");

    public static ErrorEntry SecretMissing { get; } = new("BTR-1021", "a secret is not where its reference leads",
        "set the variable, or write the file (mode 0600), that is named");

    public static ErrorEntry NoRegistration { get; } = new("BTR-1022", "registration on a chain is not in this version",
        "leave --on-chain out");

    public static ErrorEntry AgentNotInFile { get; } = new("BTR-1023", "agents.yaml has no such agent",
        "run betar agent config list to see those there are");

    public static ErrorEntry AgentInFile { get; } = new("BTR-1024", "agents.yaml has an agent of this name already",
        "choose another name, or change it with betar agent config edit");

    public static ErrorEntry EditByHand { get; } = new("BTR-1025", "the file is written in a way that the command cannot change safely",
        "change it by hand; nothing was written");

    public static ErrorEntry NothingToReload { get; } = new("BTR-1026", "the running node has no file of agents",
        "start it with betar up");

    public static ErrorEntry KeyRefused { get; } = new("BTR-1027", "the model's endpoint does not take the key",
        "check the key and the address; add --no-check to keep it all the same");

    public static ErrorEntry LocalOnly { get; } = new("BTR-1028", "the command works on a data folder of this machine only",
        "leave --api-url out, and run it on the machine that has the folder");

    private static ErrorEntry[] UsageErrors() =>
    [
        WrongUsage, UnknownVerb, UnknownOption, BadOptionValue, MissingOption, NotHere, ConfigurationMissing, BadYaml,
        BadConfiguration, ExecutorNotAvailable, BadPrice, BadAddress, BadNetwork, BadPeerAddress,
        NoModel, SecretMissing, NoRegistration, AgentNotInFile, AgentInFile, EditByHand, NothingToReload, KeyRefused,
        LocalOnly,
    ];
}
