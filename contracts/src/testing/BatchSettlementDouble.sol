// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IAuthorizedToken} from "../IAuthorizedToken.sol";

/// A stand-in for the contract of x402's "batch-settlement", written from its published interface and types: channels with one deposit,
/// vouchers that are claimed, what is claimed paid out, what is left given back.
contract BatchSettlementDouble is EIP712 {
    using SafeERC20 for IERC20;

    struct ChannelConfig {
        address payer;
        address payerAuthorizer;
        address receiver;
        address receiverAuthorizer;
        address token;
        uint40 withdrawDelay;
        bytes32 salt;
    }

    struct Voucher {
        ChannelConfig channel;
        uint128 maxClaimableAmount;
    }

    struct VoucherClaim {
        Voucher voucher;
        bytes signature;
        uint128 totalClaimed;
    }

    struct Channel {
        uint128 balance;
        uint128 totalClaimed;
    }

    struct Receiver {
        uint128 totalClaimed;
        uint128 totalSettled;
    }

    struct Withdrawal {
        uint128 amount;
        uint40 initiatedAt;
    }

    bytes32 private constant CONFIG = keccak256(
        "ChannelConfig(address payer,address payerAuthorizer,address receiver,address receiverAuthorizer,address token,uint40 withdrawDelay,bytes32 salt)"
    );
    bytes32 private constant VOUCHER = keccak256("Voucher(bytes32 channelId,uint128 maxClaimableAmount)");
    bytes32 private constant REFUND = keccak256("Refund(bytes32 channelId,uint256 nonce,uint128 amount)");
    bytes32 private constant ENTRY = keccak256("ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)");
    bytes32 private constant BATCH =
        keccak256("ClaimBatch(ClaimEntry[] claims)ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)");

    mapping(bytes32 channelId => Channel) public channels;
    mapping(bytes32 channelId => Withdrawal) public pendingWithdrawals;
    mapping(bytes32 channelId => uint256) public refundNonce;
    mapping(address receiver => mapping(address token => Receiver)) public receivers;

    event Settled(address indexed receiver, address indexed token, address indexed sender, uint128 amount);

    error NotSigned();
    error OutOfBounds();
    error WrongNonce(uint256 expected);
    error TooEarly();

    constructor() EIP712("x402 Batch Settlement", "1") {}

    function multicall(bytes[] calldata data) external returns (bytes[] memory results) {
        results = new bytes[](data.length);
        for (uint256 i = 0; i < data.length; i++) {
            (bool succeeded, bytes memory result) = address(this).delegatecall(data[i]);
            if (!succeeded) {
                assembly {
                    revert(add(result, 32), mload(result))
                }
            }
            results[i] = result;
        }
    }

    function deposit(ChannelConfig calldata config, uint128 amount, address collector, bytes calldata collectorData) external {
        bytes32 id = getChannelId(config);
        BatchCollectorDouble(collector).collect(config.payer, config.token, amount, id, collectorData);
        channels[id].balance += amount;
    }

    /// With a signature of the receivers' authoriser, whoever brings it.
    function claimWithSignature(VoucherClaim[] calldata claims, bytes calldata authorizerSignature) external {
        bytes32[] memory entries = new bytes32[](claims.length);
        for (uint256 i = 0; i < claims.length; i++) {
            VoucherClaim calldata claim = claims[i];
            bytes32 id = getChannelId(claim.voucher.channel);
            entries[i] = keccak256(abi.encode(ENTRY, id, claim.voucher.maxClaimableAmount, claim.totalClaimed));
            _claim(id, claim);
        }
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(BATCH, keccak256(abi.encodePacked(entries)))));
        for (uint256 i = 0; i < claims.length; i++) _requireSigned(claims[i].voucher.channel.receiverAuthorizer, digest, authorizerSignature);
    }

    /// Pays out what is claimed and not paid yet.
    function settle(address receiver, address token) external {
        Receiver storage account = receivers[receiver][token];
        uint128 amount = account.totalClaimed - account.totalSettled;
        account.totalSettled = account.totalClaimed;
        emit Settled(receiver, token, msg.sender, amount);
        IERC20(token).safeTransfer(receiver, amount);
    }

    /// Gives back what is asked for, at most what nobody has claimed.
    function refundWithSignature(ChannelConfig calldata config, uint128 amount, uint256 nonce, bytes calldata authorizerSignature) external {
        bytes32 id = getChannelId(config);
        _requireSigned(config.receiverAuthorizer, _hashTypedDataV4(keccak256(abi.encode(REFUND, id, nonce, amount))), authorizerSignature);
        if (nonce != refundNonce[id]) revert WrongNonce(refundNonce[id]);
        refundNonce[id]++;
        Channel storage channel = channels[id];
        uint128 free = channel.balance - channel.totalClaimed;
        uint128 given = amount > free ? free : amount;
        channel.balance -= given;
        IERC20(config.token).safeTransfer(config.payer, given);
    }

    /// The payer says that it leaves; until the delay is over the receiver may claim.
    function initiateWithdraw(ChannelConfig calldata config, uint128 amount) external {
        if (msg.sender != config.payer) revert NotSigned();
        pendingWithdrawals[getChannelId(config)] = Withdrawal(amount, uint40(block.timestamp));
    }

    /// Gives the payer what it asked for, at most what nobody has claimed.
    function finalizeWithdraw(ChannelConfig calldata config) external {
        bytes32 id = getChannelId(config);
        Withdrawal memory wish = pendingWithdrawals[id];
        if (wish.initiatedAt == 0 || block.timestamp < uint256(wish.initiatedAt) + config.withdrawDelay) revert TooEarly();
        delete pendingWithdrawals[id];
        Channel storage channel = channels[id];
        uint128 free = channel.balance - channel.totalClaimed;
        uint128 given = wish.amount > free ? free : wish.amount;
        channel.balance -= given;
        IERC20(config.token).safeTransfer(config.payer, given);
    }

    function getChannelId(ChannelConfig calldata config) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(CONFIG, config)));
    }

    function _claim(bytes32 id, VoucherClaim calldata claim) private {
        ChannelConfig calldata config = claim.voucher.channel;
        address signer = config.payerAuthorizer == address(0) ? config.payer : config.payerAuthorizer;
        _requireSigned(signer, _hashTypedDataV4(keccak256(abi.encode(VOUCHER, id, claim.voucher.maxClaimableAmount))), claim.signature);
        Channel storage channel = channels[id];
        if (claim.totalClaimed > claim.voucher.maxClaimableAmount || claim.totalClaimed > channel.balance || claim.totalClaimed < channel.totalClaimed) {
            revert OutOfBounds();
        }
        receivers[config.receiver][config.token].totalClaimed += claim.totalClaimed - channel.totalClaimed;
        channel.totalClaimed = claim.totalClaimed;
    }

    function _requireSigned(address signer, bytes32 digest, bytes calldata signature) private pure {
        (address recovered, ECDSA.RecoverError fault,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (fault != ECDSA.RecoverError.NoError || recovered != signer) revert NotSigned();
    }
}

/// Fills channels by authorisations of the token whose nonce names the channel.
contract BatchCollectorDouble {
    using SafeERC20 for IERC20;

    function collect(address payer, address token, uint256 amount, bytes32 channelId, bytes calldata data) external {
        (uint256 validAfter, uint256 validBefore, uint256 salt, bytes memory signature) = abi.decode(data, (uint256, uint256, uint256, bytes));
        bytes32 nonce = keccak256(abi.encode(channelId, salt));
        IAuthorizedToken(token).receiveWithAuthorization(payer, address(this), amount, validAfter, validBefore, nonce, signature);
        IERC20(token).safeTransfer(msg.sender, amount);
    }
}
